import { expect, test } from '@jest/globals';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Services } from './services.js';

abstract class Name {
  abstract readonly text: string;
}

@Injectable()
class Thread implements OnApplicationShutdown {
  isRunning = true;

  onApplicationShutdown(): void {
    this.isRunning = false;
  }
}

@Injectable()
class Greeter {
  constructor(
    readonly name: Name,
    readonly thread: Thread,
  ) {}
}

@Injectable()
class Door {
  constructor(
    readonly greeter: Greeter,
    readonly thread: Thread,
  ) {}
}

@Injectable()
class Table implements OnModuleInit {
  onModuleInit(): void {
    throw new Error('nothing starts');
  }
}

@Injectable()
class House {
  constructor(readonly table: Table) {}
}

test('makes one of each class, with what it asks for, and ends what has begun', async () => {
  const services = new Services([[Name as never, { text: 'Amal' }]]);
  const door = services.get(Door);
  expect(door.greeter.name.text).toBe('Amal');
  expect(door.greeter.thread).toBe(door.thread);
  expect(services.get(Greeter)).toBe(door.greeter);
  await services.end();
  expect(door.thread.isRunning).toBe(false);
});

test('refuses what would start with the application, wherever it is asked for', () => {
  expect(() => new Services([]).get(House)).toThrow('Table starts with the application');
});

test('refuses what nobody gave and nobody can make', () => {
  expect(() => new Services([]).get(Greeter)).toThrow('Name is neither given nor injectable');
});
