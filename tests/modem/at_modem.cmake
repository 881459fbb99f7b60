# The simulated modem, its codec's table, and both against the real libGammu.
set(modem_folder ${CMAKE_CURRENT_LIST_DIR})
file(GLOB at_modem_sources CONFIGURE_DEPENDS ${modem_folder}/at_modem*.c)
add_executable(at-modem ${at_modem_sources})
target_link_libraries(at-modem PRIVATE base)

add_executable(modem_test_pdu ${modem_folder}/test_pdu.c ${modem_folder}/at_modem_pdu.c ${modem_folder}/at_modem_gsm7.c)
target_link_libraries(modem_test_pdu PRIVATE base PkgConfig::CMOCKA)
add_test(NAME modem/pdu COMMAND modem_test_pdu)

add_executable(modem_test_smoke ${modem_folder}/test_smoke.c)
target_link_libraries(modem_test_smoke PRIVATE base PkgConfig::CMOCKA PkgConfig::GAMMU)
add_test(NAME modem/smoke COMMAND modem_test_smoke $<TARGET_FILE:at-modem>)
set_tests_properties(modem/smoke PROPERTIES TIMEOUT 60)

add_executable(modem_test_simulator ${modem_folder}/test_simulator.c)
target_link_libraries(modem_test_simulator PRIVATE base PkgConfig::CMOCKA)
add_test(NAME modem/simulator COMMAND modem_test_simulator $<TARGET_FILE:at-modem>)

foreach(target at-modem modem_test_pdu modem_test_smoke modem_test_simulator)
  target_compile_definitions(${target} PRIVATE _GNU_SOURCE)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
endforeach()

# What `./run soak` runs: kabard on two simulated modems under faults.
file(GLOB soak_sources CONFIGURE_DEPENDS ${modem_folder}/soak*.c)
add_executable(soak ${soak_sources})
target_link_libraries(soak PRIVATE base PkgConfig::SQLITE)
target_compile_definitions(soak PRIVATE _GNU_SOURCE)
set_target_properties(soak PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
