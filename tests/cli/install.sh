# What is installed can be used: the program, its manual, and the library through pkg-config and CMake; and nothing but the
# public names is visible in the library.
here=$(cd "$(dirname "$0")/.." && pwd)
. "$(dirname "$0")/lib.sh"

build=$(cd "$(dirname "$DUNLIN")/.." && pwd)
prefix=$WORK/installed
cmake --install "$build" --prefix "$prefix" >"$WORK/install.log" 2>&1
check 'it installs' test -x "$prefix/bin/dunlin"
check 'with its manual' test -s "$prefix/share/man/man1/dunlin-migrate-up.1"

pc=$(dirname "$(find "$prefix" -name dunlin.pc)")
library=$(dirname "$(find "$prefix" -name libdunlin.so)")
# The prefix of the file is that of the build; pkg-config moves it to where the file is.
flags=$(PKG_CONFIG_PATH=$pc pkg-config --define-variable=prefix="$prefix" --cflags --libs dunlin)
sanitizers=$(sed -n 's/^DUNLIN_SANITIZE:STRING=//p' "$build/CMakeCache.txt")
compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
generator=$(sed -n 's/^CMAKE_GENERATOR:INTERNAL=//p' "$build/CMakeCache.txt")
# shellcheck disable=SC2086
"$compiler" ${sanitizers:+-fsanitize=$sanitizers} -o shop "$here/examples/shop.c" $flags
check 'the example builds with pkg-config' test -x shop
LD_LIBRARY_PATH=$library ./shop sqlite::memory: >shop.out 2>shop.err
check 'and runs' test -s shop.out

cat >CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(shop LANGUAGES C)
find_package(dunlin 0.1 REQUIRED)
add_executable(shop ${SHOP})
target_link_libraries(shop PRIVATE dunlin::dunlin)
CMAKE
cmake -S . -B with_cmake -G "$generator" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$compiler" -DSHOP="$here/examples/shop.c" \
    -DCMAKE_C_FLAGS="${sanitizers:+-fsanitize=$sanitizers}" >cmake.log 2>&1 &&
    cmake --build with_cmake >>cmake.log 2>&1
check 'and with CMake' test -x with_cmake/shop

nm -D --defined-only "$library/libdunlin.so" | awk '$2 ~ /[TDBRVW]/ { print $3 }' |
    grep -v -E '^(dun_|_init|_fini|__asan|__odr_asan|__ubsan|__tsan|__sanitizer)' >visible
check 'only dun_ is visible' test ! -s visible
