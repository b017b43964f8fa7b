/**
 * The query language of Azure Stream Analytics: lexer, parser and tree. Does not depend on Flink.
 */
package dev.outflow.asa.query;
