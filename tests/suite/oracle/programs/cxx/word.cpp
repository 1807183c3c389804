#include <sstream>
#include <stdexcept>
#include <string>

extern "C" int word() {
    try {
        std::ostringstream text;
        text << "wo" << "rd" << 1;
        throw std::runtime_error(text.str());
    } catch (const std::exception &error) {
        return static_cast<int>(std::string(error.what()).size());
    }
}
