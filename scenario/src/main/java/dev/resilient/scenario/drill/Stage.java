package dev.resilient.scenario.drill;

import dev.resilient.load.Load;
import dev.resilient.scenario.base.Environment;
import java.util.random.RandomGenerator;

/**
 * Where and how drills are played.
 *
 * @param environment the deployment; its waiting ends when the user wants to stop
 * @param undoing the same, with waiting that does not
 * @param load the users, at the deployment's endpoint
 * @param random chooses whom a fault strikes
 */
record Stage(Environment environment, Environment undoing, Load load, RandomGenerator random) {}
