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
# A template, no conffile of dpkg: the configuration is the box's own, and an upgrade neither asks about it nor touches it.
install(FILES config/kabard.conf.box DESTINATION ${CMAKE_INSTALL_DATADIR}/kabar RENAME kabard.conf)
foreach(section 1 5 8)
  file(GLOB pages CONFIGURE_DEPENDS docs/*.${section})
  install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()

# made(OUTPUT PROGRAM FILES...): a file of the manual that awk makes of others
function(made output program)
  list(TRANSFORM ARGN PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE sources)
  add_custom_command(
    OUTPUT ${PROJECT_BINARY_DIR}/docs/${output}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/docs/id
    COMMAND awk -f ${program} ${ARGN} > ${PROJECT_BINARY_DIR}/docs/${output}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    DEPENDS ${PROJECT_SOURCE_DIR}/${program} ${sources}
    VERBATIM)
  set_property(GLOBAL APPEND PROPERTY KABAR_MADE ${PROJECT_BINARY_DIR}/docs/${output})
endfunction()

# kabard.conf(5) and the Indonesian kabarctl(1) are made of the rows that the program itself works by; the operator's guides as pages for a browser.
made(kabard.conf.5 docs/params.awk config/params.def docs/kabard.conf.5.in)
install(FILES ${PROJECT_BINARY_DIR}/docs/kabard.conf.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
made(id/kabarctl.1 docs/commands.awk config/po/id.po daemon/ctl/ctl_words.def daemon/ctl/ctl_commands.def
     docs/id/kabarctl.1.in)
install(FILES ${PROJECT_BINARY_DIR}/docs/id/kabarctl.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/id/man1)
# man(1) looks there only under an Indonesian locale, which many a box has not.
install(FILES ${PROJECT_BINARY_DIR}/docs/id/kabarctl.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 RENAME kabarctl-id.1)
foreach(guide panduan-operator menambah-form score-card)
  made(${guide}.html docs/html.awk docs/${guide}.md)
  install(FILES ${PROJECT_BINARY_DIR}/docs/${guide}.html DESTINATION ${CMAKE_INSTALL_DOCDIR})
endforeach()
get_property(made GLOBAL PROPERTY KABAR_MADE)
add_custom_target(manual ALL DEPENDS ${made})

install(DIRECTORY config/completion DESTINATION ${CMAKE_INSTALL_DATADIR}/kabar)
install(FILES config/completion/kabarctl.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME kabarctl)
install(FILES config/completion/kabarctl.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions RENAME _kabarctl)
install(FILES config/completion/kabarctl.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
file(GLOB guides CONFIGURE_DEPENDS docs/*.md)
install(FILES ${guides} README.md NEWS.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/json DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES systemd/deb/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
# Who builds a package is who maintains it: Debian's own variables say so.
set(maintainer "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
if("$ENV{DEBEMAIL}" STREQUAL "")
  set(maintainer "Kabar maintainers <maintainers@kabar.example>")
endif()
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${maintainer})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "offline SMS gateway for village stunting reports")
set(CPACK_PACKAGE_DESCRIPTION "Receives structured SMS of village health workers by a GSM modem, checks and stores
 the numbers, answers every message and sends the villages' score cards.
 It never needs the internet.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION comm)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "init-system-helpers, passwd, systemd, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "udev, weasyprint")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
foreach(file postinst prerm postrm)
  list(APPEND CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/systemd/deb/${file})
endforeach()
include(CPack)
