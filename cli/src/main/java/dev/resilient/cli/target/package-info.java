/** Where the scenario runs: a cloud inside this process, one in the background, or an AWS account. */
package dev.resilient.cli.target;
