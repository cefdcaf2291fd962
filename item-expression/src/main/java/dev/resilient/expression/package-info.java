/**
 * DynamoDB's expressions: conditions, filters, projections and updates. Text becomes tokens, tokens become sealed trees, and
 * small evaluators apply a tree to an item's attributes.
 */
package dev.resilient.expression;
