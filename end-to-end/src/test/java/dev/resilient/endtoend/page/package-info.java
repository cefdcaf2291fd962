/** The pages that the product shows, in a real browser. */
package dev.resilient.endtoend.page;
