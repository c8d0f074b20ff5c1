import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { Caller } from '../database/index.js';
import { type ControllerMethod, controllerMethods } from '../http/controller-methods.js';
import { EFFECT, type Effect, type ShownKind, SHOWS } from './effects.js';

type Path = Readonly<Record<string, string>>;

interface ShowMethod {
  readonly by: string;
  /** The address at which a GET shows it, such as `/api/v1/loans/:id`; null when there is none. */
  readonly route: string | null;
  readonly call: (maker: Caller, path: Path) => Promise<unknown>;
}

/**
 * What each POST does, and how each kind of thing is shown, as the decorators of the controllers say. The start fails for a POST that does
 * not say it, for a kind that no method shows, and for a kind that two methods show.
 */
@Injectable()
export class EffectRegistry {
  private readonly effects = new Map<unknown, Effect>();
  private readonly shows = new Map<string, ShowMethod>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    for (const method of controllerMethods(this.discovery, this.scanner, this.reflector)) this.add(method);
    const kinds = [...this.effects.values()].flatMap((effect) => ('kinds' in effect ? effect.kinds : []));
    const unshown = kinds.filter((kind) => !this.shows.has(kind));
    if (unshown.length > 0) throw new Error(`no controller has @Shows for ${[...new Set(unshown)].join(', ')}`);
  }

  /** What the operation does; undefined when it is not a POST. */
  effectOf(handler: unknown): Effect | undefined {
    return this.effects.get(handler);
  }

  /** Shows the thing as it is now. `path` holds the path parameters of the operation that made it. */
  show({ kind, id }: { readonly kind: string; readonly id: string }, maker: Caller, path: Path): Promise<unknown> {
    const { by, call } = this.showOf(kind);
    return call(maker, { ...path, [by]: id });
  }

  /** The path parameter that names the thing which the operation changes. */
  parameterOf(kind: string): string {
    return this.showOf(kind).by;
  }

  /** The address of the thing that the operation made, taken from its answer; null when things of that kind have no address. */
  addressOf(handler: unknown, answer: Readonly<Record<string, unknown>>): string | null {
    const effect = this.effects.get(handler);
    if (effect?.effect !== 'makes') return null;
    const [kind, another] = effect.kinds;
    if (kind === undefined || another !== undefined) return null;
    const { by, route } = this.showOf(kind);
    const name = answer[by];
    if (route === null || (typeof name !== 'string' && typeof name !== 'number')) return null;
    const address = route.replace(`:${by}`, String(name));
    return address.includes(':') ? null : address;
  }

  private showOf(kind: string): ShowMethod {
    const show = this.shows.get(kind);
    if (!show) throw new Error(`no controller has @Shows for ${kind}`);
    return show;
  }

  private add({ owner, handler, name, method, path }: ControllerMethod): void {
    const effect = this.reflector.get<Effect | undefined>(EFFECT, handler);
    if ((method === 'POST') !== (effect !== undefined))
      throw new Error(`${name} must declare Makes, Changes, HasNoEffect or IgnoresIdempotencyKey if, and only if, it is a POST`);
    if (effect) this.effects.set(handler, effect);

    const shown = this.reflector.get<ShownKind | undefined>(SHOWS, handler);
    if (!shown) return;
    if (this.shows.has(shown.kind)) throw new Error(`${name}: another controller has @Shows for ${shown.kind}`);
    const route = method === 'GET' ? path : null;
    this.shows.set(shown.kind, { by: shown.by, route, call: handler.bind(owner) as unknown as ShowMethod['call'] });
  }
}
