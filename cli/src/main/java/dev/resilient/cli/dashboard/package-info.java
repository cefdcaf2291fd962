/**
 * The live page: a small web server on loopback that shows a deployment as it is now. It knows the scenario and nothing of where that
 * runs. What the page shows is a pure fold of events and observations ({@code DashboardState}).
 */
package dev.resilient.cli.dashboard;
