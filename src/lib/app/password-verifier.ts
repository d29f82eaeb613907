/** A check that this phone can make by itself: is this the password that last signed in here? Holds no password. */

/** PBKDF2-HMAC-SHA-256 of the password; bytes in base64. */
export interface PasswordVerifier {
	readonly salt: string;
	readonly hash: string;
	readonly iterations: number;
}

/** OWASP's figure for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023): about 0.2 s on a phone. */
const ITERATIONS = 600_000;
const SALT_BYTES = 16;
const HASH_BITS = 256;

/** @param random fills its argument with random bytes: `crypto.getRandomValues` in the app. */
export async function makeVerifier(
	password: string,
	random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>
): Promise<PasswordVerifier> {
	const salt = random(new Uint8Array(SALT_BYTES));
	const hash = await stretch(password, salt, ITERATIONS);
	return { salt: toBase64(salt), hash: toBase64(hash), iterations: ITERATIONS };
}

export async function passwordMatches(
	password: string,
	verifier: PasswordVerifier
): Promise<boolean> {
	const expected = fromBase64(verifier.hash);
	const actual = await stretch(password, fromBase64(verifier.salt), verifier.iterations);
	if (expected.length !== actual.length) return false;
	let difference = 0;
	for (let i = 0; i < actual.length; i++) difference |= (actual[i] ?? 0) ^ (expected[i] ?? 0);
	return difference === 0;
}

async function stretch(
	password: string,
	salt: Uint8Array<ArrayBuffer>,
	iterations: number
): Promise<Uint8Array> {
	// NFC: the same password typed on another keyboard may arrive decomposed.
	const bytes = new TextEncoder().encode(password.normalize('NFC'));
	const key = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
	const bits = await crypto.subtle.deriveBits(
		{ name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
		key,
		HASH_BITS
	);
	return new Uint8Array(bits);
}

function toBase64(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
