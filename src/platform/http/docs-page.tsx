import { PageFrame, pageText } from '../../shared/page-frame.js';

const STYLE =
  'body { margin: 0 } noscript { display: block; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 sans-serif }';

/** The page on which the OpenAPI document is read and tried: Swagger UI, from our own files. `assets`: the folder of these files. */
export function docsPage(assets: string): string {
  return pageText(
    <PageFrame language="en" title="Passerelle: the REST API" style={STYLE}>
      <link rel="stylesheet" href={`${assets}/swagger-ui.css`} />
      <main id="document" />
      <noscript>
        This page needs JavaScript. Everything in it is in the <a href="/api/v1/openapi.json">OpenAPI document</a> as well.
      </noscript>
      <script src={`${assets}/swagger-ui-bundle.js`} />
      <script src={`${assets}/start.js`} />
    </PageFrame>,
  );
}

/**
 * Shows the document of this very program, and asks nobody else about it. Of the general problems, which are most of the document and the same
 * everywhere, the page shows only which there are: with the examples of each it would take twice as long to be there.
 */
export const START_DOCS = `fetch('/api/v1/openapi.json')
  .then((answer) => answer.json())
  .then((spec) => {
    for (const { responses } of Object.values(spec.paths).flatMap((methods) => Object.values(methods))) {
      for (const [status, response] of Object.entries(responses)) {
        if (status >= '400' && status !== '409') delete response.content;
      }
    }
    SwaggerUIBundle({
      spec,
      dom_id: '#document',
      presets: [SwaggerUIBundle.presets.apis],
      deepLinking: true,
      docExpansion: 'none',
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      filter: true,
      showExtensions: false,
      validatorUrl: null,
    });
  });
`;
