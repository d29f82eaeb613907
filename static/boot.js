// Applies this phone's text size, colours and language before the first paint; the same keys as src/lib/ui/appearance.ts and Paraglide.
(function () {
	try {
		var root = document.documentElement;
		var scale = localStorage.getItem('connect10.textScale');
		if (scale === '125' || scale === '150' || scale === '200') root.dataset.textScale = scale;
		var theme = localStorage.getItem('connect10.theme');
		if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
		if (localStorage.getItem('PARAGLIDE_LOCALE') === 'en') root.lang = 'en';
	} catch {
		// Storage is blocked: the default look stands.
	}
})();
