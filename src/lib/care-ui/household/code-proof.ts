/**
 * What a household's code proves. The code stays on the sheet: from it and the case comes a proof, which travels with a check-in; every phone
 * of the staff and the server keep only the SHA-256 of the proof, so that nobody who has that can make the proof.
 */
import { toHex } from '#lib/domain/bytes.ts';

/** Half a second on a slow phone; trying all codes against a digest takes weeks of a graphics card. */
const ROUNDS = 200_000;

/**
 * PBKDF2-HMAC-SHA-256, 256 bits, hex.
 * @param caseId the salt: a sheet proves nothing at another household
 */
export async function codeProof(digits: string, caseId: string): Promise<string> {
	const encode = (text: string) => new TextEncoder().encode(text);
	const key = await crypto.subtle.importKey('raw', encode(digits), 'PBKDF2', false, ['deriveBits']);
	const bits = await crypto.subtle.deriveBits(
		{ name: 'PBKDF2', hash: 'SHA-256', salt: encode(caseId), iterations: ROUNDS },
		key,
		256
	);
	return toHex(new Uint8Array(bits));
}

/** What is kept of a proof; the server computes the same (supabase/migrations, guard_visit_place). */
export async function proofDigest(proof: string): Promise<string> {
	const bytes = Uint8Array.from(proof.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
	return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
