import { Controller, Get, Header, Injectable } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from './public.js';

/** The OpenAPI document of the running program; made once all routes are known. */
@Injectable()
export class ApiDocument {
  private text = '{}';

  set(document: object): void {
    this.text = JSON.stringify(document);
  }

  get(): string {
    return this.text;
  }
}

@Controller('api/v1/openapi.json')
@ApiExcludeController()
export class DocumentController {
  constructor(private readonly document: ApiDocument) {}

  @Get()
  @Public()
  @Header('content-type', 'application/json; charset=utf-8')
  read(): string {
    return this.document.get();
  }
}
