/** What the tests of every room share. */
package dev.resilient.testing;
