import { ApiOperation } from '@nestjs/swagger';

/** What the operation does: in a few words, such as `Renew a loan`, and in a sentence or two for whoever writes a client. */
export const About = (summary: string, description: string): MethodDecorator => ApiOperation({ summary, description });
