/** How deep lists and objects stand in each other in a JSON text: read without recursion, so that no text can exhaust the stack. */
export function depthOfJson(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let place = 0; place < text.length; place++) {
    const character = text[place];
    if (inText) {
      if (character === '\\') place += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth -= 1;
  }
  return deepest;
}
