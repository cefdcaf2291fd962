/** What the user sees: events rendered as text, the menu, progress. Renders, and decides nothing. */
package dev.resilient.cli.terminal;
