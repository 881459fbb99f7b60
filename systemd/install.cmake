# SPDX-License-Identifier: GPL-2.0-or-later
# What belongs to the system beside the programs: units, users, udev, manuals; and the Debian package of all of it.
set(BINDIR ${CMAKE_INSTALL_FULL_BINDIR})
foreach(unit kabard.service kabar-backup.service)
  configure_file(systemd/${unit}.in ${PROJECT_BINARY_DIR}/systemd/${unit} @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/systemd/${unit} DESTINATION lib/systemd/system)
endforeach()
install(FILES systemd/kabar-backup.timer DESTINATION lib/systemd/system)
install(FILES systemd/kabar.sysusers DESTINATION lib/sysusers.d RENAME kabar.conf)
install(FILES systemd/kabar.tmpfiles DESTINATION lib/tmpfiles.d RENAME kabar.conf)
install(FILES systemd/70-kabar.rules DESTINATION lib/udev/rules.d)
install(FILES config/kabard.conf.box DESTINATION ${CMAKE_INSTALL_FULL_SYSCONFDIR}/kabar RENAME kabard.conf)
foreach(section 1 5 8)
  file(GLOB pages CONFIGURE_DEPENDS docs/*.${section})
  if(pages)
    install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
  endif()
endforeach()
# kabard.conf(5) is made of the rows that the program itself works by.
add_custom_command(
  OUTPUT ${PROJECT_BINARY_DIR}/docs/kabard.conf.5
  COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/docs
  COMMAND sh -c "awk -f docs/params.awk config/params.def docs/kabard.conf.5.in >${PROJECT_BINARY_DIR}/docs/kabard.conf.5"
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  DEPENDS ${PROJECT_SOURCE_DIR}/docs/params.awk ${PROJECT_SOURCE_DIR}/config/params.def
          ${PROJECT_SOURCE_DIR}/docs/kabard.conf.5.in
  VERBATIM)
add_custom_target(manual ALL DEPENDS ${PROJECT_BINARY_DIR}/docs/kabard.conf.5)
install(FILES ${PROJECT_BINARY_DIR}/docs/kabard.conf.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES docs/kabarctl.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME kabarctl)
file(GLOB guides CONFIGURE_DEPENDS docs/*.md)
install(FILES ${guides} README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "Kabar <root@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "offline SMS gateway for village stunting reports")
set(CPACK_PACKAGE_DESCRIPTION "Receives structured SMS of village health workers by a GSM modem, checks and stores
 the numbers, answers every message and sends the villages' score cards.
 It never needs the internet.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION comm)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "init-system-helpers, passwd, systemd, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS udev)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
foreach(file conffiles postinst prerm postrm)
  list(APPEND CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/systemd/deb/${file})
endforeach()
include(CPack)
