/** An AWS-compatible cloud in one JVM: this package joins its services, which know each other only through what they ask for. */
package dev.resilient.cloud;
