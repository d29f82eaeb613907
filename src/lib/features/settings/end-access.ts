/** Ending what a colleague may see and do for an organisation. */
import type { MembershipRow } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Workspace } from '#lib/sync/workspace.ts';

export const END_REASONS = ['left', 'moved', 'exposed', 'other'] as const;
export type EndReason = (typeof END_REASONS)[number];

const REASONS: Readonly<Record<EndReason, () => string>> = {
	left: m.settings_end_reason_left,
	moved: m.settings_end_reason_moved,
	exposed: m.settings_end_reason_exposed,
	other: m.settings_end_reason_other
};

export function endReasonName(reason: EndReason): string {
	return REASONS[reason]();
}

/** What stands in the audit; null while it says nothing. */
export function endReasonText(reason: EndReason | null, typed: string): string | null {
	if (reason === null) return null;
	if (reason !== 'other') return endReasonName(reason);
	return typed.trim() === '' ? null : typed.trim();
}

/** Sent at once, not held for an undo: somebody who asked first must not see rows for ten seconds more. */
export async function endAccess(
	ws: Workspace,
	membership: Pick<MembershipRow, 'id'>,
	reason: string
): Promise<void> {
	await ws.commit('membership.end', { id: membership.id, at: ws.now(), reason });
}

/** Whether ending this membership would leave the organisation without a supervisor; the server refuses that. */
export function isLastSupervisor(
	{ role }: Pick<MembershipRow, 'role'>,
	current: readonly Pick<MembershipRow, 'role'>[]
): boolean {
	return role === 'supervisor' && current.filter((each) => each.role === 'supervisor').length === 1;
}
