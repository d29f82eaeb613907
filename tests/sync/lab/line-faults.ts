/** What can happen to one request on its way, and how often the laboratory lets it. */
import fc from 'fast-check';

export type LineFault =
	/** The request never reaches the server. */
	| { readonly kind: 'lose_request' }
	/** The server has done it, and the phone does not hear. */
	| { readonly kind: 'lose_answer' }
	/** The request reaches the server twice, one after the other or both at once; the phone hears the second answer. */
	| { readonly kind: 'duplicate'; readonly together: boolean }
	/** The connection breaks; the request reaches the server after the phone's next one. */
	| { readonly kind: 'late' }
	/** A share of the body arrives. */
	| { readonly kind: 'cut'; readonly share: number; readonly endsWell: boolean }
	| { readonly kind: 'drip' }
	/** A captive portal answers 200 with its sign-in page. */
	| { readonly kind: 'portal' }
	/** JSON, but somebody else's. */
	| { readonly kind: 'foreign_json' }
	/** Any status, before the server has seen the request or after it has done it. */
	| {
			readonly kind: 'status';
			readonly status: number;
			readonly done: boolean;
			readonly page: boolean;
			readonly retryAfterS: number | null;
	  }
	/** The line stands still, before or after the server, until the laboratory lets go. */
	| { readonly kind: 'hold'; readonly before: boolean };

const STATUSES = [400, 401, 403, 404, 408, 409, 413, 425, 429, 500, 502, 503, 504] as const;

export const lineFault: fc.Arbitrary<LineFault> = fc.oneof(
	fc.constant({ kind: 'lose_request' as const }),
	fc.constant({ kind: 'lose_answer' as const }),
	fc.record({ kind: fc.constant('duplicate' as const), together: fc.boolean() }),
	fc.constant({ kind: 'late' as const }),
	fc.record({
		kind: fc.constant('cut' as const),
		share: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
		endsWell: fc.boolean()
	}),
	fc.constant({ kind: 'drip' as const }),
	fc.constant({ kind: 'portal' as const }),
	fc.constant({ kind: 'foreign_json' as const }),
	fc.record({
		kind: fc.constant('status' as const),
		status: fc.constantFrom(...STATUSES),
		done: fc.boolean(),
		page: fc.boolean(),
		retryAfterS: fc.constantFrom(null, null, 1, 7, 40)
	}),
	fc.record({ kind: fc.constant('hold' as const), before: fc.boolean() })
);
