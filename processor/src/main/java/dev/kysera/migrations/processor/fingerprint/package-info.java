/**
 * What a migration's source says, as a number that only a change of its meaning changes. Data flows
 * one way: text of a file, tokens, tokens of a class, the same in one canonical form, fingerprint.
 */
@NullMarked
package dev.kysera.migrations.processor.fingerprint;

import org.jspecify.annotations.NullMarked;
