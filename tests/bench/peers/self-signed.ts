/** A certificate for localhost that nobody vouches for, made anew each run: browsers speak HTTP/2 only over TLS. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const DAY_MS = 86_400_000;
/** ecdsa-with-SHA256, RFC 5758 §3.2 */
const ECDSA_SHA256 = sequence(objectId('2a8648ce3d040302'));
/** commonName, RFC 5280 appendix A */
const COMMON_NAME = objectId('550403');
const SUBJECT_ALT_NAME = objectId('551d11');

export function selfSigned(): { readonly key: string; readonly cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('localhost')))));
	const alternative = sequence(der(0x82, Buffer.from('localhost')));
	const body = sequence(
		der(0xa0, integer(Buffer.from([2]))),
		integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
		ECDSA_SHA256,
		name,
		sequence(time(Date.now() - DAY_MS), time(Date.now() + DAY_MS)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, sequence(sequence(SUBJECT_ALT_NAME, der(0x04, alternative))))
	);
	const signature = sign('sha256', body, privateKey);
	const certificate = sequence(body, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature));
	const base64 = certificate.toString('base64').replace(/(.{64})/g, '$1\n');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`
	};
}

/** Tag, length, value (X.690). */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
	const value = Buffer.concat(parts);
	const { length } = value;
	const size =
		length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
	return der(0x30, ...parts);
}

function integer(value: Buffer): Buffer {
	return der(0x02, value);
}

function objectId(hex: string): Buffer {
	return der(0x06, Buffer.from(hex, 'hex'));
}

/** UTCTime: YYMMDDhhmmssZ */
function time(unixMs: number): Buffer {
	const digits = new Date(unixMs).toISOString().replace(/[-:T]/g, '').slice(2, 14);
	return der(0x17, Buffer.from(`${digits}Z`));
}
