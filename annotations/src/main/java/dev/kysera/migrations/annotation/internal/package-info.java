/** The rules of migration names, shared by the processor and the runtime. */
@NullMarked
package dev.kysera.migrations.annotation.internal;

import org.jspecify.annotations.NullMarked;
