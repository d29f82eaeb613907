/** The state of a new invitation: to what, whom, as what; and the link once it is made. */
import type { InvitableCase } from '#lib/db/queries/invitations.ts';
import type { CircleRole, StaffRole } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Me } from '#lib/sync/workspace.ts';
import type { InvitationsPort, InviteProblem } from './port.ts';

export const STAFF_ROLES: readonly StaffRole[] = [
	'worker',
	'nurse',
	'care_manager',
	'therapist',
	'dietitian',
	'pharmacist',
	'social_worker',
	'supervisor'
];
export const CIRCLE_ROLES: readonly CircleRole[] = [
	'family',
	'worker',
	'nurse',
	'care_manager',
	'therapist',
	'dietitian',
	'pharmacist',
	'social_worker'
];

export interface ReadyInvitation {
	readonly url: string;
	readonly name: string;
	readonly orgName: string;
	readonly expiresAt: string;
}

type Errors = Partial<Record<'case' | 'name', string>>;

export class InviteForm {
	target: 'case' | 'staff' = $state('case');
	caseId = $state('');
	orgId = $state('');
	circleRole: CircleRole = $state('family');
	staffRole: StaffRole = $state('worker');
	name = $state('');
	relation = $state('');
	errors: Errors = $state.raw({});
	problem: InviteProblem | null = $state.raw(null);
	isBusy = $state(false);
	readonly #port: InvitationsPort;
	readonly #me: Me;

	constructor(port: InvitationsPort, me: Me, caseId: string) {
		this.#port = port;
		this.#me = me;
		this.caseId = caseId;
		this.orgId = this.supervisedOrgs[0]?.orgId ?? '';
	}

	/** Organisations whose staff this person may invite. */
	get supervisedOrgs(): Me['memberships'] {
		return this.#me.memberships.filter(({ role }) => role === 'supervisor');
	}

	/** The link, or null when something is missing or went wrong; then errors or problem say what. */
	async create(cases: readonly InvitableCase[]): Promise<ReadyInvitation | null> {
		const place = this.#place(cases);
		if (this.isBusy || place === null) return null;
		this.isBusy = true;
		this.problem = null;
		const name = this.name.trim();
		const role = this.target === 'case' ? this.circleRole : this.staffRole;
		const relation = role === 'family' ? this.relation.trim() || null : null;
		try {
			const answer = await this.#port.create({ ...place, role, displayName: name, relation });
			if (!answer.ok) {
				this.problem = answer.problem;
				return null;
			}
			const { token, expiresAt } = answer.value;
			return {
				url: joinUrl(this.#port.origin, token),
				name,
				orgName: this.#orgName(place.orgId),
				expiresAt
			};
		} finally {
			this.isBusy = false;
		}
	}

	#place(
		cases: readonly InvitableCase[]
	): { readonly orgId: string; readonly caseId: string | null } | null {
		const chosen = cases.find(({ id }) => id === this.caseId);
		const errors: Errors = {};
		if (this.target === 'case' && chosen === undefined)
			errors.case = m.settings_invite_error_case();
		if (this.name.trim() === '') errors.name = m.settings_invite_error_name();
		this.errors = errors;
		if (Object.keys(errors).length > 0) return null;
		if (this.target === 'staff') return { orgId: this.orgId, caseId: null };
		return chosen === undefined ? null : { orgId: chosen.orgId, caseId: chosen.id };
	}

	#orgName(orgId: string): string {
		return (
			this.#me.memberships.find((membership) => membership.orgId === orgId)?.orgName ?? m.app_name()
		);
	}
}

/** The token stands after #, so that no server log ever holds it. */
function joinUrl(origin: string, token: string): string {
	return `${origin}/join#${token}`;
}
