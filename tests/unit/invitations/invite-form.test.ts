import { expect, test } from 'vitest';
import { invitationState } from '#lib/features/invitations/invitation-state.ts';
import { InviteForm } from '#lib/features/invitations/invite-form.svelte.ts';
import type {
	InvitationsPort,
	NewInvitation,
	SentInvitation
} from '#lib/features/invitations/port.ts';
import type { Me } from '#lib/sync/workspace.ts';

const supervisor: Me = {
	userId: 'u1',
	email: 's@example.tw',
	displayName: '周淑芬',
	memberships: [{ orgId: 'o1', orgName: '雲嶺', role: 'supervisor' }]
};
const cases = [{ id: 'c1', orgId: 'o2', name: '林阿嬤' }];

function aPort(asked: NewInvitation[] = []): InvitationsPort {
	const refused = () => Promise.resolve({ ok: false, problem: 'unexpected' } as const);
	return {
		offerCase: refused,
		openHandovers: refused,
		withdrawHandover: refused,
		previewHandover: refused,
		acceptHandover: refused,
		online: true,
		origin: 'https://app.example.tw',
		create: (invitation) => {
			asked.push(invitation);
			return Promise.resolve({
				ok: true,
				value: { id: 'i1', token: 'abc', expiresAt: '2026-11-29T00:00:00Z' }
			});
		},
		list: () => Promise.resolve({ ok: true, value: [] }),
		revoke: () => Promise.resolve({ ok: true, value: null })
	};
}

test('the token stands behind # so that no server log holds it', async () => {
	const form = new InviteForm(aPort(), supervisor, 'c1');
	form.name = '林秀華';
	const ready = await form.create(cases);
	expect(ready?.url).toBe('https://app.example.tw/join#abc');
	expect(new URL(ready?.url ?? '').pathname).toBe('/join');
});

test('an invitation to a circle belongs to the organisation of the case; a relation goes with family only', async () => {
	const asked: NewInvitation[] = [];
	const form = new InviteForm(aPort(asked), supervisor, 'c1');
	form.name = ' 林秀華 ';
	form.relation = '女兒';
	await form.create(cases);
	form.circleRole = 'nurse';
	await form.create(cases);
	expect(asked).toMatchObject([
		{ orgId: 'o2', caseId: 'c1', role: 'family', displayName: '林秀華', relation: '女兒' },
		{ orgId: 'o2', caseId: 'c1', role: 'nurse', relation: null }
	]);
});

test('staff are invited to an organisation and to no case', async () => {
	const asked: NewInvitation[] = [];
	const form = new InviteForm(aPort(asked), supervisor, 'c1');
	form.target = 'staff';
	form.staffRole = 'nurse';
	form.name = '許美玲';
	await form.create(cases);
	expect(asked).toMatchObject([{ orgId: 'o1', caseId: null, role: 'nurse' }]);
});

test('what is missing is said, and nothing is sent', async () => {
	const asked: NewInvitation[] = [];
	const form = new InviteForm(aPort(asked), supervisor, '');
	expect(await form.create(cases)).toBeNull();
	expect(Object.keys(form.errors).sort()).toEqual(['case', 'name']);
	expect(asked).toEqual([]);
});

test('an invitation is accepted, withdrawn, run out or open, in this order', () => {
	const sent: SentInvitation = {
		id: 'i1',
		displayName: '林秀華',
		role: 'family',
		caseId: 'c1',
		relation: null,
		createdAt: '2026-11-20T00:00:00Z',
		expiresAt: '2026-11-27T00:00:00Z',
		acceptedAt: null,
		revokedAt: null
	};
	expect(invitationState(sent, '2026-11-26T23:59:00Z')).toBe('open');
	expect(invitationState(sent, '2026-11-27T00:00:00Z')).toBe('expired');
	expect(invitationState({ ...sent, revokedAt: sent.createdAt }, sent.expiresAt)).toBe('revoked');
	expect(invitationState({ ...sent, acceptedAt: sent.createdAt }, sent.expiresAt)).toBe('accepted');
});
