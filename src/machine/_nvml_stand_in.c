/* Two cards by the interface of nvml.h, as far as we call it. */
#include <stdio.h>
#include <stdlib.h>

typedef int nvmlReturn_t;
typedef struct nvmlDevice_st *nvmlDevice_t;
typedef struct { unsigned int gpu, memory; } nvmlUtilization_t;
typedef struct { unsigned long long total, free, used; } nvmlMemory_t;

enum { SUCCESS = 0, UNINITIALIZED = 1, NOT_SUPPORTED = 3, DRIVER_NOT_LOADED = 9 };

struct nvmlDevice_st { unsigned int index; unsigned long long millijoules; };
static struct nvmlDevice_st devices[2] = {{0, 7200000}, {1, 1000000}};
static int isOpen = 0;

nvmlReturn_t nvmlInit_v2(void) {
  if (getenv("STAND_IN_WITHOUT_DRIVER")) return DRIVER_NOT_LOADED;
  isOpen = 1;
  return SUCCESS;
}
nvmlReturn_t nvmlShutdown(void) { isOpen = 0; return SUCCESS; }
const char *nvmlErrorString(nvmlReturn_t code) {
  return code == DRIVER_NOT_LOADED ? "Driver Not Loaded" : "Other";
}
nvmlReturn_t nvmlDeviceGetCount_v2(unsigned int *count) {
  if (!isOpen) return UNINITIALIZED;
  *count = 2;
  return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t *device) {
  *device = &devices[index];
  return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t device, char *uuid, unsigned int length) {
  snprintf(uuid, length, "GPU-%c", 'a' + device->index);
  return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t *rates) {
  rates->gpu = 40 + 20 * device->index;
  rates->memory = 99;
  return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t *memory) {
  memory->total = 80ULL << 30;
  memory->free = 79ULL << 30;
  memory->used = (5ULL << 30) + device->index;
  return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetPowerUsage(nvmlDevice_t device, unsigned int *milliwatts) {
  if (device->index == 1) return NOT_SUPPORTED;
  *milliwatts = 250500;
  return SUCCESS;
}
/* Each is 3,600,000 mJ, a thousandth of a kWh, further than when it was asked before. */
nvmlReturn_t nvmlDeviceGetTotalEnergyConsumption(nvmlDevice_t device, unsigned long long *energy) {
  *energy = device->millijoules += 3600000;
  return SUCCESS;
}
