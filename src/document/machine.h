/* machine.h: how much room there is on the machine. */
#ifndef DOCUMENT_MACHINE_H
#define DOCUMENT_MACHINE_H

#include <stddef.h>

#define MACHINE_UNLIMITED SIZE_MAX

/* Bytes of address space that this process may still take; MACHINE_UNLIMITED: nobody counts. */
size_t machine_address_space(void);
/* Bytes of memory that this process may take without harm to others or itself: what is available,
 * and what limits of the process and of its group leave. */
size_t machine_memory(void);

#endif
