/** The sheet at the door on the phone: made, compared without signal, and said in words. */
import 'fake-indexeddb/auto';
import { createHash, pbkdf2Sync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeProof, proofDigest } from '#lib/care-ui/household/code-proof.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { householdCodes, householdPoint, visitPlaces } from '#lib/db/queries/arrivals.ts';
import { compareCode } from '#lib/features/visits/arrival/arrival-actions.ts';
import { placeWords } from '#lib/features/visits/arrival/place-words.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { anId, aRow } from '../../fixtures/builders.ts';

overwriteGetLocale(() => 'zh-TW');
const CASE = anId();
const DIGITS = '079927398713';

const digestOf = async (digits: string, caseId = CASE) =>
	proofDigest(await codeProof(digits, caseId));

test('the proof is PBKDF2 salted by the case, and what is kept is the SHA-256 of its bytes, as the server computes it', async () => {
	const proof = pbkdf2Sync(DIGITS, CASE, 200_000, 32, 'sha256');
	expect(await codeProof(DIGITS, CASE)).toBe(proof.toString('hex'));
	expect(await digestOf(DIGITS)).toBe(createHash('sha256').update(proof).digest('hex'));
});

describe('a sheet that is shown', () => {
	const compared = async (codes: readonly { digest: string }[]) =>
		(await compareCode(DIGITS, 'camera', CASE, codes)).verdict;

	test('is the one that counts, an older one, or none of this household', async () => {
		const ours = { digest: await digestOf(DIGITS) };
		const newer = { digest: await digestOf('000000000000') };
		expect(await compared([ours, newer])).toBe('matches');
		expect(await compared([newer, ours])).toBe('older');
		expect(await compared([newer])).toBe('differs');
		expect(await compared([{ digest: await digestOf(DIGITS, anId()) }])).toBe('differs');
	});
});

describe('what the phone reads', () => {
	let db: LocalDb;
	beforeEach(() => {
		db = new LocalDb(anId());
	});
	afterEach(() => db.delete());

	test('the sheet made last counts: on this phone before all that the server has', async () => {
		const [old, later, here, hereLater] = [
			{ seq: 4, recorded_at: '2026-11-23T09:00:00.000Z' },
			{ seq: 9, recorded_at: '2026-11-20T09:00:00.000Z' },
			{ seq: 0, recorded_at: '2026-11-21T09:00:00.000Z' },
			{ seq: 0, recorded_at: '2026-11-22T09:00:00.000Z' }
		].map((part) => aRow('household_codes', { case_id: CASE, ...part }));
		await db.household_codes.bulkAdd([old!, hereLater!, here!, later!]);
		await db.household_codes.add(aRow('household_codes', { case_id: anId() }));
		expect((await householdCodes(db, CASE)).map(({ id }) => id)).toEqual([
			hereLater!.id,
			here!.id,
			later!.id,
			old!.id
		]);
	});

	test('the house stands where somebody measured last, also when they took it away', async () => {
		expect(await householdPoint(db, CASE)).toBeNull();
		const [first, last] = [3, 7].map((seq) =>
			aRow('household_points', { case_id: CASE, seq, latitude: seq })
		);
		await db.household_points.bulkAdd([last!, first!, aRow('household_points', { seq: 9 })]);
		expect((await householdPoint(db, CASE))?.id).toBe(last!.id);
	});

	test('places of one visit, in the order of the phones\u2019 time', async () => {
		const visit_id = anId();
		const [late, early] = ['10:20', '10:00'].map((time) =>
			aRow('visit_places', { visit_id, recorded_at: `2026-11-23T${time}:00.000Z` })
		);
		await db.visit_places.bulkAdd([late!, early!, aRow('visit_places', { visit_id: anId() })]);
		expect((await visitPlaces(db, visit_id)).map(({ id }) => id)).toEqual([early!.id, late!.id]);
	});
});

test.each([
	['matches', '已核對門口條碼（感應，10:05）'],
	['older', '出示的是舊的門口條碼（感應，10:05）'],
	['differs', '出示的條碼不是這一戶的（感應，10:05）'],
	[null, '已出示門口條碼，待連線核對（感應，10:05）']
] as const)(
	'%s is said in words, with who showed it when it was somebody else',
	(verdict, words) => {
		const place = aRow('visit_places', {
			via: 'nfc',
			verdict,
			author_name: '王照服',
			recorded_at: '2026-11-23T02:05:00.000Z'
		});
		expect(placeWords(place, '王照服')).toBe(words);
		expect(placeWords(place, '李照服')).toBe(`${words}，由王照服出示`);
	}
);

describe('a position in words', () => {
	const words = (part: Parameters<typeof aRow<'visit_places'>>[1]) =>
		placeWords(
			aRow('visit_places', {
				via: 'position',
				step: 'check_in',
				position: 'measured',
				author_name: '王照服',
				...part
			}),
			'王照服'
		);

	test.each([
		[20, 40, '簽到時在案家（誤差 40 公尺）'],
		[400, 500, '簽到時距案家約 400 公尺（誤差 500 公尺，無法判斷在不在案家）'],
		[1250, 300, '簽到時距案家約 1.3 公里（誤差 300 公尺）'],
		[5000, 90, '簽到時距案家 5 公里以上（誤差 90 公尺）'],
		[5000, 5000, '簽到時距案家約 5 公里（誤差 5 公里，無法判斷在不在案家）']
	])('%i m, known to %i m', (distance_m, accuracy_m, said) => {
		expect(words({ distance_m, accuracy_m })).toBe(said);
	});

	test.each([
		['denied', '簽退時沒有定位：手機未允許'],
		['unavailable', '簽退時沒有定位：手機收不到位置'],
		['timeout', '簽退時沒有定位：10 秒內找不到位置']
	] as const)('none: %s', (position, said) => {
		expect(words({ step: 'check_out', position })).toBe(said);
	});

	test('of somebody else\u2019s phone names them', () => {
		expect(words({ distance_m: 0, accuracy_m: 20, author_name: '李照服' })).toBe(
			'簽到時在案家（誤差 20 公尺），李照服的手機'
		);
	});
});
