/**
 * Where `@supabase/lite` 0.10.0 has to behave otherwise here. Each change names what it replaces;
 * tests/api/embedded-*.test.ts watch that the behaviour holds when the package is updated.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { PgliteConnection } from '@supabase/lite/pglite';

interface RequestVariables {
	auth?: { uid?: string; role?: string; jwt?: object };
}

interface RpcContext {
	method: string;
	path: string;
	requestHeaders?: Record<string, string>;
}

export function adjustConnection(connection: PgliteConnection): void {
	const { driver } = connection;
	replace(connection, {
		/**
		 * Lite grants ALL on every table of a schema with row-level security to `anon` and
		 * `authenticated` at its first request, and so undoes each REVOKE of the migrations. Roles
		 * and grants here come from the prelude and the migrations, as on Supabase; what is left of
		 * that step is its answer: "row-level security is in use".
		 */
		ensureRlsContext: async () => true,

		/** Lite sets these one statement at a time; together they take a third of the call's time. */
		async applyJwtSessionContext(_transaction: unknown, { auth }: RequestVariables) {
			const role = auth?.role || 'anon';
			await driver.query(
				`select set_config('role', $1, true),
					set_config('request.jwt.claim.sub', $2, true),
					set_config('request.jwt.claim.role', $1, true),
					set_config('request.jwt.claims', $3, true)`,
				[role, auth?.uid ?? '', JSON.stringify(auth?.jwt ?? { role })]
			);
		},

		async applyRpcRequestGucs(_transaction: unknown, rpc: RpcContext) {
			await driver.query(
				`select set_config('response.status', '', true),
					set_config('response.headers', '', true),
					set_config('request.method', $1, true),
					set_config('request.path', $2, true),
					set_config('request.headers', $3, true)`,
				[rpc.method, rpc.path, JSON.stringify(rpc.requestHeaders ?? {})]
			);
		}
	});
}

function replace(connection: PgliteConnection, methods: Record<string, unknown>): void {
	for (const [name, value] of Object.entries(methods)) {
		Object.defineProperty(connection, name, { value });
	}
}

const muted = new AsyncLocalStorage<true>();
let filtered = false;

/**
 * Runs `work` without its `console.error`: lite prints each statement that the database refuses,
 * with its parameters, and those are care records.
 */
export function withoutErrorOutput<T>(work: () => Promise<T>): Promise<T> {
	if (!filtered) {
		filtered = true;
		const print = console.error.bind(console);
		console.error = (...words: unknown[]) => {
			if (muted.getStore() === undefined) print(...words);
		};
	}
	return muted.run(true, work);
}
