include(${CMAKE_CURRENT_LIST_DIR}/at_modem.cmake)

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
