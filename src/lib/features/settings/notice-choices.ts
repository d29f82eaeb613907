/** Changing what one wants to be told: field by field, so that two phones of one person do not undo each other. */
import type { NoticeChoices } from '#lib/db/queries/settings.ts';
import type { NoticeGroup } from '#lib/domain/notice-kind.ts';
import { rowPatch } from '#lib/domain/row-patch.ts';
import type { Workspace } from '#lib/sync/workspace.ts';

/** What the hours begin with when they are turned on. */
export const FIRST_QUIET = { quiet_from: '22:00', quiet_until: '07:00' } as const;
export const FIRST_DIGEST = '19:00';

/** Nothing is saved where nothing changes. @throws {StorageError} */
export async function choose(
	ws: Workspace,
	before: NoticeChoices,
	change: Partial<NoticeChoices>
): Promise<void> {
	const patch = rowPatch(before, before, { ...before, ...change });
	if (Object.keys(patch).length > 0) await ws.commit('profile.patch', { id: ws.me.userId, patch });
}

export function withGroup(
	silent: readonly NoticeGroup[],
	group: NoticeGroup,
	isWanted: boolean
): NoticeGroup[] {
	const others = silent.filter((each) => each !== group);
	return isWanted ? others : [...others, group].sort();
}
