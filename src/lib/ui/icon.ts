/** The type of an icon component, as `~icons/lucide/…` gives it. */
import type { Component } from 'svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

export type IconComponent = Component<SvelteHTMLElements['svg']>;
