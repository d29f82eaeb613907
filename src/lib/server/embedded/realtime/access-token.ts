/** Verifies the access tokens that `@supabase/lite` signs (HS256). */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface AccessClaims {
	sub: string;
	role: string;
	session_id: string;
	/** Seconds since 1970. */
	exp: number;
}

/** The claims, or null when the token is forged, malformed, expired, or not a user's. */
export function verifyAccessToken(
	token: string,
	jwtSecret: string,
	nowMs: number
): AccessClaims | null {
	const [header, payload, signature, ...rest] = token.split('.');
	if (!header || !payload || !signature || rest.length > 0) return null;
	if (!sameBytes(signature, sign(`${header}.${payload}`, jwtSecret))) return null;
	const head = parseJson(header);
	const claims = parseJson(payload);
	if (!isHs256(head) || !isUserClaims(claims)) return null;
	return claims.exp * 1000 > nowMs ? claims : null;
}

function sign(text: string, secret: string): string {
	return createHmac('sha256', secret).update(text).digest('base64url');
}

function sameBytes(left: string, right: string): boolean {
	const [a, b] = [Buffer.from(left), Buffer.from(right)];
	return a.length === b.length && timingSafeEqual(a, b);
}

function parseJson(part: string): unknown {
	try {
		return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
	} catch {
		return null;
	}
}

function isHs256(head: unknown): boolean {
	return typeof head === 'object' && head !== null && 'alg' in head && head.alg === 'HS256';
}

function isUserClaims(claims: unknown): claims is AccessClaims {
	return (
		typeof claims === 'object' &&
		claims !== null &&
		'sub' in claims &&
		typeof claims.sub === 'string' &&
		'role' in claims &&
		claims.role === 'authenticated' &&
		'session_id' in claims &&
		typeof claims.session_id === 'string' &&
		'exp' in claims &&
		typeof claims.exp === 'number'
	);
}
