# SPDX-License-Identifier: GPL-2.0-or-later
set(modem_folder ${CMAKE_CURRENT_LIST_DIR})
include(${modem_folder}/at_modem.cmake)

# Its codec's table, and the whole of it against the real libGammu.
add_executable(modem_test_pdu ${modem_folder}/test_pdu.c ${modem_folder}/at_modem_pdu.c ${modem_folder}/at_modem_gsm7.c)
target_link_libraries(modem_test_pdu PRIVATE base PkgConfig::CMOCKA)
add_test(NAME modem/pdu COMMAND modem_test_pdu)

add_executable(modem_test_smoke ${modem_folder}/test_smoke.c)
target_link_libraries(modem_test_smoke PRIVATE base PkgConfig::CMOCKA PkgConfig::GAMMU)
add_test(NAME modem/smoke COMMAND modem_test_smoke $<TARGET_FILE:at-modem>)

add_executable(modem_test_simulator ${modem_folder}/test_simulator.c)
target_link_libraries(modem_test_simulator PRIVATE base PkgConfig::CMOCKA)
add_test(NAME modem/simulator COMMAND modem_test_simulator $<TARGET_FILE:at-modem>)

foreach(target modem_test_pdu modem_test_smoke modem_test_simulator)
  add_dependencies(${target} at-modem)
  target_compile_definitions(${target} PRIVATE _GNU_SOURCE)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
endforeach()

# The clocks of a process moved, for the system tests; without sanitizers, which come later than what is preloaded.
add_library(shift_clock MODULE ${modem_folder}/shift_clock.c)
target_compile_definitions(shift_clock PRIVATE _GNU_SOURCE)
target_compile_options(shift_clock PRIVATE -fno-sanitize=all)
target_link_options(shift_clock PRIVATE -fno-sanitize=all)
set_target_properties(shift_clock PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests PREFIX "")

# What `./run soak` runs: kabard on two simulated modems under faults.
file(GLOB soak_sources CONFIGURE_DEPENDS ${modem_folder}/soak*.c)
add_executable(soak ${soak_sources})
target_link_libraries(soak PRIVATE base PkgConfig::SQLITE)
target_compile_definitions(soak PRIVATE _GNU_SOURCE)
set_target_properties(soak PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)

# The modem room against real workers: libGammu's dummy phone, and its AT driver on a simulated modem.
function(modem_test name)
  add_executable(modem_${name} modem/test_${name}.c modem/rig.c ${ARGN})
  target_link_libraries(modem_${name} PRIVATE modem PkgConfig::CMOCKA)
  target_compile_definitions(modem_${name} PRIVATE _GNU_SOURCE KABAR_WORKER="$<TARGET_FILE:kabar-modem>"
                                                     KABAR_AT_MODEM="$<TARGET_FILE:at-modem>")
  set_target_properties(modem_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  add_dependencies(modem_${name} kabar-modem at-modem)
  add_test(NAME modem/${name} COMMAND modem_${name})
endfunction()

modem_test(dummy)
modem_test(at modem/sim.c)
modem_test(faults modem/sim.c)
modem_test(hostile modem/sim.c)
modem_test(odd modem/sim.c)
modem_test(sandbox ${PROJECT_SOURCE_DIR}/daemon/worker/sandbox.c)

# … and against one that has gone mad.
add_executable(mad-worker modem/mad_worker.c)
target_link_libraries(mad-worker PRIVATE modem)
target_compile_definitions(mad-worker PRIVATE _GNU_SOURCE)
set_target_properties(mad-worker PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
modem_test(mad)
target_compile_definitions(modem_mad PRIVATE KABAR_MAD_WORKER="$<TARGET_FILE:mad-worker>")
add_dependencies(modem_mad mad-worker)
