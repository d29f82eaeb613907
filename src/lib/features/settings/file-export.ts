/** Hands what has not been sent over as a file, so that it survives the phone. */
import type { UnsentWork } from '#lib/db/queries/settings.ts';
import type { Me } from '#lib/sync/workspace.ts';

/** @param at ISO instant, used in the name */
export function exportFileName(me: Me, at: string): string {
	const stamp = at.slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
	return `connect10-unsent-${stamp}-${me.userId.slice(0, 8)}.json`;
}

export function exportFileText(me: Me, version: string, at: string, work: UnsentWork): string {
	const content = {
		format: 'connect10-unsent',
		formatVersion: 1,
		appVersion: version,
		exportedAt: at,
		user: { id: me.userId, email: me.email, name: me.displayName },
		mutations: work.entries.map(
			({ mid, mutation, state, verdict, code, data, offsetMs, base }) => ({
				mid,
				...mutation,
				base,
				offsetMs,
				state,
				verdict,
				code,
				data
			})
		),
		drafts: work.drafts
	};
	return `${JSON.stringify(content, null, '\t')}\n`;
}

/** Starts a download; on phones the file lands in the files app. */
export function downloadText(name: string, text: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	document.body.append(link);
	link.click();
	link.remove();
	// Safari reads the address only after the click has been handled.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
