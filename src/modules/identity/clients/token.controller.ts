import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Problem } from '../../../platform/index.js';
import { About, AlsoAnswers, Answers, IgnoresIdempotencyKey, Public } from '../../../platform/http/index.js';
import { TokenBody, TokenView } from './dto/token.dto.js';
import { TOKEN_SECONDS, TokenService } from './token.service.js';

const FORM = 'application/x-www-form-urlencoded';

@ApiTags('sign-in')
@Controller('api/v1/oauth/token')
export class TokenController {
  constructor(private readonly tokens: TokenService) {}

  @Post()
  @About(
    'Get an access token',
    'OAuth 2.0 client credentials: client id and secret go into the Authorization header (HTTP Basic), `grant_type` into the form. The token holds for one hour.',
  )
  @Public()
  @IgnoresIdempotencyKey()
  @RouteConfig({ consumes: FORM })
  @ApiConsumes(FORM)
  @Answers(TokenView, 'an access token for one hour')
  @AlsoAnswers('UNAUTHENTICATED')
  async issue(@Headers('authorization') authorization: string | undefined, @Body() body: TokenBody): Promise<TokenView> {
    const credentials = basicCredentials(authorization);
    if (!credentials && (body.client_id ?? body.client_secret) !== undefined) throw refusal('invalid_client', IN_THE_HEADER);
    const { scope } = body;
    if (!credentials) throw refusal('invalid_client');
    const asked = scope === undefined || scope === '' ? null : scope.split(' ').filter(Boolean);
    const issued = await this.tokens.issue(credentials.id, credentials.secret, asked);
    if (!issued.ok) throw refusal(issued.reason);
    const { accessToken, scopes } = issued.value;
    return { access_token: accessToken, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope: scopes.join(' ') };
  }
}

/** The client id and the secret in an HTTP Basic header; each is form-encoded within it (RFC 6749, 2.3.1). */
function basicCredentials(header: string | undefined): { id: string; secret: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]{1,1000})$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0) return null;
  try {
    return { id: decodeURIComponent(decoded.slice(0, colon)), secret: decodeURIComponent(decoded.slice(colon + 1)) };
  } catch {
    return null;
  }
}

/**
 * The answer to a client that sends its secret in the body, as many do by default (RFC 6749, 2.3.1, advises against it). It says what to
 * set.
 */
const IN_THE_HEADER =
  'client_id and client_secret are not read from the body; send them as `Authorization: Basic base64(client_id:client_secret)` (client_secret_basic)';

/** A problem document with the member `error`, which OAuth clients expect. */
function refusal(error: 'invalid_client' | 'invalid_scope', detail = 'unknown client, or wrong secret'): Problem {
  if (error === 'invalid_scope')
    return Problem.invalid([{ pointer: '/scope', code: 'SCOPE_NOT_HELD', message: 'asks for more than the client has' }], { error });
  const headers = { 'www-authenticate': 'Basic realm="passerelle"' };
  return Problem.of('UNAUTHENTICATED', { detail, members: { error }, headers });
}
