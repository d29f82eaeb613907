/** POST: this browser holds data of the app as of today. DELETE: it was erased on purpose. Neither takes a body. */
import { heldAnswer } from '#lib/server/held-cookie.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request }) => heldAnswer(request, new Date().toISOString());

export const DELETE: RequestHandler = ({ request }) => heldAnswer(request, null);
