/**
 * The guard: replaces an instance that says, or whose silence says, that it cannot do its work, and nobody when a dependency that
 * all share is to blame. What to do is decided by pure functions ({@link dev.resilient.scenario.guard.Decisions}) from what the
 * guard has seen ({@link dev.resilient.scenario.guard.Evidence}); the rest reads, writes and tells. The design is this project's own;
 * the idea of a table of heartbeats is from AWS's article.
 */
package dev.resilient.scenario.guard;
