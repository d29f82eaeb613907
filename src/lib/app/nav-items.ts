/** The five places of the app, and what waits in each. */
import House from '~icons/lucide/house';
import ListChecks from '~icons/lucide/list-checks';
import MessagesSquare from '~icons/lucide/messages-square';
import Settings from '~icons/lucide/settings';
import UsersRound from '~icons/lucide/users-round';
import { m } from '#lib/paraglide/messages.js';
import type { NavItem } from '#lib/ui/nav-item.ts';
import { placeOf } from './nav-places.ts';

export interface NavCounts {
	/** Emergencies that nobody has closed. */
	readonly emergencies: number;
	readonly unread: number;
	/** Intents that the server refused. */
	readonly attention: number;
}

/** Those in care are family to whom belongs to no organisation. */
export function navItems(pathname: string, counts: NavCounts, isFamily: boolean): NavItem[] {
	const current = placeOf(pathname);
	const item = (href: string, rest: Omit<NavItem, 'href' | 'current'>): NavItem => ({
		href,
		current: href === current,
		...rest
	});
	return [
		item('/', {
			label: m.app_nav_dashboard(),
			icon: House,
			badge: counts.emergencies,
			badgeLabel: m.app_badge_emergencies({ count: counts.emergencies })
		}),
		item('/cases', { label: isFamily ? m.app_nav_family() : m.app_nav_cases(), icon: UsersRound }),
		item('/tasks', { label: m.app_nav_tasks(), icon: ListChecks }),
		item('/messages', {
			label: m.app_nav_messages(),
			icon: MessagesSquare,
			badge: counts.unread,
			badgeLabel: m.app_badge_unread({ count: counts.unread })
		}),
		item('/settings', {
			label: m.app_nav_settings(),
			icon: Settings,
			badge: counts.attention,
			badgeLabel: m.app_badge_attention({ count: counts.attention })
		})
	];
}
