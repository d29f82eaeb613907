/** A signature as it is entered: what is missing, what is kept while it is typed, and what is stored of it. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { loadDraft, saveDraft } from '#lib/db/drafts.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { likelySigners } from '#lib/db/queries/record-parts.ts';
import {
	newSignature,
	signatureDraftKey,
	signatureProblems,
	storeSignature,
	withDraft,
	withRelation
} from '#lib/features/visits/signing/signature-form.ts';
import { signatureLine } from '#lib/care-ui/signatures/signature-words.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { aCaseMember, anId, aRow, NOW } from '../../fixtures/builders.ts';

const PERSON = { name: '林阿嬤' };
const LINE = [
	[
		[100, 100],
		[400, 200],
		[500, 100]
	]
] as const;
const fresh = newSignature(PERSON);

function aPhone(): LocalDb {
	return new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
}

test('the person signs with a finger: only the line is missing, and a dot is none', () => {
	expect(signatureProblems(fresh)).toEqual(['strokes']);
	expect(signatureProblems({ ...fresh, strokes: [[[1, 1]]] })).toEqual(['strokes']);
	expect(signatureProblems({ ...fresh, strokes: LINE })).toEqual([]);
});

test('typed, it needs a name and a yes; not given, a reason, and of another one a word', () => {
	const typed = { ...fresh, kind: 'typed', name: ' ' } as const;
	expect(signatureProblems(typed)).toEqual(['name', 'agreed']);
	expect(signatureProblems({ ...typed, name: '林小華', agreed: true })).toEqual([]);
	const unsigned = { ...fresh, kind: 'unsigned' } as const;
	expect(signatureProblems(unsigned)).toEqual(['reason']);
	expect(signatureProblems({ ...unsigned, reason: 'hands' })).toEqual([]);
	expect(signatureProblems({ ...unsigned, reason: 'other' })).toEqual(['note']);
});

test('the name goes with who signs, until somebody has typed one', () => {
	const family = withRelation(fresh, 'family', PERSON);
	expect(family).toMatchObject({ relation: 'family', name: '' });
	expect(withRelation(family, 'self', PERSON).name).toBe('林阿嬤');
	const named = { ...family, name: '林小華' };
	expect(withRelation(named, 'caregiver', PERSON).name).toBe('林小華');
});

test('a draft is taken up, and what another release wrote there does no harm', () => {
	expect(withDraft(fresh, undefined)).toEqual(fresh);
	expect(withDraft(fresh, { name: '林小華', strokes: LINE, relation: 7, later: true })).toEqual({
		...fresh,
		name: '林小華',
		strokes: LINE
	});
});

test('what is stored has the sentence that was shown, and the draft is gone', async () => {
	const db = aPhone();
	const committed: unknown[] = [];
	const ws = {
		db,
		newId: anId,
		commit: (...intent: unknown[]) => {
			committed.push(intent);
			return Promise.resolve({ mid: 'mid' });
		}
	} as unknown as Workspace; // what the action touches of it
	const record = { id: anId(), case_id: anId(), audience: 'staff' } as const;
	await saveDraft(db, signatureDraftKey(record.id), fresh);
	await storeSignature(ws, record, { ...fresh, strokes: LINE, note: 'x' }, '我看過了。');
	await storeSignature(ws, record, { ...fresh, kind: 'unsigned', reason: 'hands', note: ' ' }, '');
	expect(committed).toMatchObject([
		[
			'record_signature.add',
			{
				row: {
					record_id: record.id,
					audience: 'staff',
					kind: 'drawn',
					signer_name: '林阿嬤',
					statement: '我看過了。',
					strokes: 'M100 100l300 100 100 -100'
				}
			},
			{ holdMs: 10_000 }
		],
		['record_signature.add', { row: { kind: 'unsigned', reason: 'hands', note: null } }, {}]
	]);
	const [, [, { row }]] = committed as [unknown, [string, { row: object }]]; // the second of the two above
	expect(row).not.toHaveProperty('signer_name');
	expect(await loadDraft(db, signatureDraftKey(record.id))).toBeUndefined();
});

test('who may be at the door: the first contact first, the family of the circle, each name once', async () => {
	const db = aPhone();
	const case_id = anId();
	await db.case_contacts.bulkAdd([
		aRow('case_contacts', { case_id, name: '鄰居' }),
		aRow('case_contacts', { case_id, name: '林小華', is_primary: true }),
		aRow('case_contacts', { case_id, name: '已刪', deleted_at: NOW }),
		aRow('case_contacts', { case_id: anId(), name: '別家' })
	]);
	await db.case_members.bulkAdd([
		aCaseMember({ case_id, role: 'family', display_name: '林小華' }),
		aCaseMember({ case_id, user_id: anId(), role: 'family', display_name: '林大明' }),
		aCaseMember({ case_id, user_id: anId(), role: 'nurse', display_name: '護理師' }),
		aCaseMember({
			case_id,
			user_id: anId(),
			role: 'family',
			display_name: '已離開',
			ended_at: NOW
		})
	]);
	expect(await likelySigners(db, case_id)).toEqual(['林小華', '鄰居', '林大明']);
});

test('each kind is said in words', () => {
	const row = aRow('record_signatures', {
		kind: 'drawn',
		signer_name: '林小華',
		relation: 'family'
	});
	expect(signatureLine(row, '2026-11-22')).toMatch(/^林小華（家屬）手寫簽名，今天/);
	const unsigned = aRow('record_signatures', { reason: 'other', note: '下大雨' });
	expect(signatureLine(unsigned, '2026-11-22')).toMatch(/^沒有簽名：下大雨，今天/);
});
