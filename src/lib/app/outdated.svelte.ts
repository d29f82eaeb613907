/** Whether another tab has moved this phone's store to a newer release, so that this page must load again. */

export class Outdated {
	isOutdated = $state(false);
}
