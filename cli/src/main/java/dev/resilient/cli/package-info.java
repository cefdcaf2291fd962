/** The commands of the program; each joins a target with the scenario and contains the logic of neither. */
package dev.resilient.cli;
