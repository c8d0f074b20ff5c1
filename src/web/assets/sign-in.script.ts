/**
 * Copies the reference and the code that a QR code carries after `#` into the fields, and takes them out of the address and the history.
 * Nothing is sent: the family presses the button. Without it the family types what stands in the letter. Old telephones run it (Chrome 80).
 */
export const SIGN_IN_SCRIPT = `
(function(){
var hash=location.hash.slice(1),form=document.querySelector('form[data-fill]');
if(!form||!hash)return;
var given=new URLSearchParams(hash),isFilled=false;
['reference','code'].forEach(function(name){
var value=given.get(name),field=form.elements.namedItem(name);
if(value&&value.length<=40&&field){field.value=value;isFilled=true}
});
if(!isFilled)return;
history.replaceState(null,'',location.pathname+location.search);
form.querySelector('button').focus();
})();
`.trim();
