/** Photos in words: what is on them, and how far their bytes have come. */
import { joinWords } from '#lib/care-ui/join-words.ts';
import type { Photo } from '#lib/db/queries/photos.ts';
import { knownSite, type BodySite } from '#lib/domain/body-sites.ts';
import type { AttachmentRow } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';

const SITES: Readonly<Record<BodySite, () => string>> = {
	sacrum: m.photos_site_sacrum,
	hip_left: m.photos_site_hip_left,
	hip_right: m.photos_site_hip_right,
	buttock_left: m.photos_site_buttock_left,
	buttock_right: m.photos_site_buttock_right,
	heel_left: m.photos_site_heel_left,
	heel_right: m.photos_site_heel_right,
	ankle_left: m.photos_site_ankle_left,
	ankle_right: m.photos_site_ankle_right,
	foot_left: m.photos_site_foot_left,
	foot_right: m.photos_site_foot_right,
	leg_left: m.photos_site_leg_left,
	leg_right: m.photos_site_leg_right,
	arm_left: m.photos_site_arm_left,
	arm_right: m.photos_site_arm_right,
	back: m.photos_site_back,
	belly: m.photos_site_belly,
	chest: m.photos_site_chest,
	head: m.photos_site_head,
	other: m.photos_site_other
};

/** A place that this release does not know is another place. */
export function siteName(code: string | null): string {
	return SITES[knownSite(code) ?? 'other']();
}

/** `薦骨（尾椎）` or `薦骨（尾椎）（上面）`. */
export function woundName(site: string | null, label: string | null | undefined): string {
	const place = siteName(site);
	return label ? m.wounds_named({ site: place, label }) : place;
}

/** `傷口・薦骨（尾椎）・約 2 公分` or `照片・客廳地板`: also what a screen reader says. */
export function photoTitle({ kind, body_site, wound, caption }: AttachmentRow): string {
	return joinWords([
		kind === 'wound' ? m.photos_kind_wound() : m.photos_kind_photo(),
		...(kind === 'wound' ? [woundName(body_site, wound?.label)] : []),
		...(caption ? [caption] : [])
	]);
}

/** Who took it; in a restricted report nobody is named. */
export function authorName({ author_name }: AttachmentRow): string {
	return author_name || m.photos_reporter();
}

const AUDIENCES: Readonly<Record<AttachmentRow['audience'], () => string>> = {
	circle: m.photos_circle,
	staff: m.photos_staff_only,
	restricted: m.photos_restricted
};

/** Who may see it. */
export function audienceLine({ audience }: AttachmentRow): string {
	return AUDIENCES[audience]();
}

/** What is still to come of a picture whose row the server has; null when it has all. */
export function bytesLeft({ row, upload }: Photo): string | null {
	if (row.stored_at !== null) return null;
	if (upload === null) return m.photos_elsewhere({ name: authorName(row) });
	const percent = Math.floor((upload.sentBytes / upload.totalBytes) * 100);
	return m.photos_sending({ percent });
}
