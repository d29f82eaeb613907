/** What the line above every screen says of sync. */
import { instantWords, midSentence } from '#lib/care-ui/dates.ts';
import { taipeiDay, taipeiTime } from '#lib/domain/taiwan-dates.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SyncStatus } from '#lib/sync/workspace.ts';

export type StripTone = 'attention' | 'syncing' | 'offline' | 'waiting' | 'synced';

type Shown = Pick<
	SyncStatus,
	'phase' | 'online' | 'pendingCount' | 'attentionCount' | 'lastSyncedAt' | 'firstSyncProgress'
>;

export function stripTone({ phase, online, attentionCount }: Shown): StripTone {
	if (phase === 'first') return 'syncing';
	if (attentionCount > 0 || phase === 'signed_out') return 'attention';
	if (phase === 'syncing') return 'syncing';
	if (!online) return 'offline';
	return phase === 'synced' ? 'synced' : 'waiting';
}

/** @param today Taipei day */
export function stripText(status: Shown, today: string): string {
	const { phase, online, pendingCount, attentionCount, lastSyncedAt } = status;
	if (phase === 'first') {
		return m.sync_strip_first({ percent: Math.round(status.firstSyncProgress * 100) });
	}
	if (phase === 'signed_out') return m.sync_strip_signed_out({ count: pendingCount });
	if (attentionCount > 0) return m.sync_strip_attention({ count: attentionCount });
	if (phase === 'syncing') {
		return pendingCount > 0
			? m.sync_strip_syncing_count({ count: pendingCount })
			: m.sync_strip_syncing();
	}
	const when = lastSyncedAt === null ? null : shortWhen(lastSyncedAt, today);
	if (!online) return offlineText(pendingCount, when);
	if (phase === 'synced' && when !== null) return m.sync_strip_synced({ when });
	return pendingCount > 0
		? m.sync_strip_waiting({ count: pendingCount })
		: m.sync_strip_waiting_server();
}

function offlineText(pendingCount: number, when: string | null): string {
	if (pendingCount > 0) return m.sync_strip_offline_count({ count: pendingCount });
	return when === null ? m.sync_strip_offline() : m.sync_strip_offline_since({ when });
}

/** `09:12` today, else with the day. */
function shortWhen(instant: string, today: string): string {
	const day = taipeiDay(instant);
	return day === today ? taipeiTime(instant) : midSentence(instantWords(instant, today));
}
