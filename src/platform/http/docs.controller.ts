import { Controller, Get, Header, Injectable } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import { docsPage } from './docs-page.js';
import { Public } from './public.js';

/** The OpenAPI document of the running program, made once all routes are known. */
@Injectable()
export class ApiDocument {
  private json = '{}';
  private page = '';

  set(document: OpenAPIObject): void {
    this.json = JSON.stringify(document);
    this.page = docsPage(document);
  }

  asJson(): string {
    return this.json;
  }

  asPage(): string {
    return this.page;
  }
}

@Controller()
@ApiExcludeController()
export class DocumentController {
  constructor(private readonly document: ApiDocument) {}

  @Get('api/v1/openapi.json')
  @Public()
  @Header('content-type', 'application/json; charset=utf-8')
  json(): string {
    return this.document.asJson();
  }

  @Get('docs')
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return this.document.asPage();
  }
}
